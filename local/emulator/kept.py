"""Which parts of the embedded AWS's state are the library.

The rest is declared anew at each start, so that what the program no longer declares is gone.
"""

KEPT_STATE = ("s3", "dynamodb", "sqs", "cognito")
