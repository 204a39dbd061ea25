#!/bin/sh
# What the tests need from the system: a Chinese font, for titles and boards of Chinese films, and Chromium, for what is
# looked at and clicked. Where one cannot be installed, the tests that need it say so and are skipped.
wanted=""
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=zh file 2>/dev/null)" ]; then
    wanted="fontconfig fonts-wqy-microhei"
fi
if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 \
    && ! command -v google-chrome-stable >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
    wanted="$wanted chromium"
fi
[ -n "$wanted" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "tests/setup.sh: not installed, which apt-get as root would do: $wanted; the tests that need them will be skipped"
    exit 0
fi
apt-get update -qq
for package in $wanted; do
    # One by one: a system that has no such package still gets the others.
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null \
        || echo "tests/setup.sh: $package could not be installed; the tests that need it will be skipped"
done
exit 0
