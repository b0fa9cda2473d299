"""Settings: base and security hold safe values; dev, test and production are chosen by DJANGO_SETTINGS_MODULE."""
