# One image for every function of the stack. The function says with its command which handler it runs.
ARG BASE=public.ecr.aws/lambda/python:3.13
# with, or without
ARG GHOSTSCRIPT=without

# What the functions import, for the target's processor, laid out by the machine that builds: nothing of the target's
# is run, so that neither kind of machine needs to emulate the other.
FROM --platform=$BUILDPLATFORM ${BASE} AS packages
ARG TARGETARCH
WORKDIR /build
COPY image/install.py image/descriptions.py image/compile.py image/
COPY function/requirements.txt .
RUN python3 -m image.install requirements.txt /packages "$TARGETARCH" \
 && python3 -m image.compile /packages "$LAMBDA_TASK_ROOT"

FROM --platform=$BUILDPLATFORM ${BASE} AS code
WORKDIR /build
COPY image/compile.py image/
COPY function /code/function
# Built before: `make gallery`, which `make image` and `pulumi up` do by themselves.
COPY gallery/dist /code/gallery/dist
# The licence goes with every copy; those of the packages are in their folders.
COPY LICENSE /code/
RUN python3 -m image.compile /code "$LAMBDA_TASK_ROOT"

# Ghostscript is in the image of those stacks alone that draw PostScript: GHOSTSCRIPT=with. Its installation runs what
# is the target's, so for another kind of processor than the builder's it takes an emulator.
FROM ${BASE} AS base-without
FROM ${BASE} AS base-with
COPY image/ghostscript.sh /tmp/
RUN sh /tmp/ghostscript.sh && rm /tmp/ghostscript.sh

# The packages are a layer of their own, below the code: they are the larger part and change less often.
# One of the two stages above, which have no tags:
# hadolint ignore=DL3006
FROM base-${GHOSTSCRIPT} AS image
COPY --from=packages /packages ${LAMBDA_TASK_ROOT}/
COPY --from=code /code ${LAMBDA_TASK_ROOT}/
CMD ["function.handlers.worker.handle"]

# Imports every handler and loads every library, so that one that is missing is found by the build:
# docker build --target check .
FROM image AS check
# Relative to the base image's working directory, which is that of the functions:
# hadolint ignore=DL3045
COPY image/check.py image/
RUN python3 -m image.check

FROM image
