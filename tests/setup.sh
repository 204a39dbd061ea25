#!/bin/sh
# What the tests need from the system: a Chinese font, for titles and boards of Chinese films.
# Where it cannot be installed, the tests that need it say so and are skipped.
if command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh file 2>/dev/null)" ]; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq fontconfig fonts-wqy-microhei >/dev/null \
        || echo "tests/setup.sh: no Chinese font could be installed; the tests that need one will be skipped"
fi
exit 0
