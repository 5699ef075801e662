#!/bin/sh
# Runs the handler that is named: by Lambda's runtime API where there is one, else by the emulator of it.
if [ $# -ne 1 ]; then
  echo "one argument is wanted, the handler's name" >&2
  exit 142
fi
export _HANDLER="$1"
if [ -z "$AWS_LAMBDA_RUNTIME_API" ]; then
  exec /usr/local/bin/aws-lambda-rie /var/runtime/bootstrap
fi
exec /var/runtime/bootstrap
