#!/bin/sh
# Installs Ghostscript, within the image's build: on AWS's base image by dnf, on a base of Debian's kind by apt.
set -eu
if command -v dnf >/dev/null; then
  dnf install -y --setopt=install_weak_deps=0 ghostscript
  dnf clean all
else
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends ghostscript
  rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb
fi
gs --version
