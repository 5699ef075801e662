# One image for every function of the stack. The function says with its command which handler it runs.
ARG BASE=public.ecr.aws/lambda/python:3.13

# The wheels of the target, chosen on the machine that builds: nothing of the target's is run, so no emulation is needed.
FROM --platform=$BUILDPLATFORM ${BASE} AS packages
ARG TARGETARCH
COPY function/requirements.txt /tmp/
# pyvips is a source distribution of pure Python: built here, its wheel fits every machine.
RUN awk '/^[^ #]/ { taken = /^pyvips==/ } taken' /tmp/requirements.txt > /tmp/source.txt \
 && awk '/^[^ #]/ { taken = !/^pyvips==/ } taken' /tmp/requirements.txt > /tmp/wheels.txt \
 && python3 -m pip wheel --no-cache-dir --require-hashes --no-deps --wheel-dir /wheels -r /tmp/source.txt
RUN case "$TARGETARCH" in amd64) machine=x86_64 ;; arm64) machine=aarch64 ;; *) machine="$(uname -m)" ;; esac \
 && for libc in 2_17 2_27 2_28; do platforms="$platforms --platform manylinux_${libc}_$machine"; done \
 && python3 -m pip install --no-cache-dir --no-compile --no-deps --only-binary=:all: --target /packages \
        $platforms --platform "manylinux2014_$machine" --require-hashes -r /tmp/wheels.txt \
 && python3 -m pip install --no-cache-dir --no-compile --no-deps --target /packages /wheels/*.whl

FROM ${BASE} AS image
COPY --from=packages /packages ${LAMBDA_TASK_ROOT}/
COPY gallery ${LAMBDA_TASK_ROOT}/gallery
COPY function ${LAMBDA_TASK_ROOT}/function
CMD ["function.handlers.worker.handle"]

# Imports every handler, so that a missing shared library is found by the build: docker build --target check .
FROM image AS check
RUN python3 -c "import function.handlers.worker, function.handlers.api, pyvips, rawpy, pillow_heif, pillow_jxl, simplejpeg"

FROM image
