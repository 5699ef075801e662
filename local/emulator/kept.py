"""Lists the parts of the embedded AWS's state that are kept between runs.

The others are created at each start, so that resources that the program no longer declares disappear.
"""

KEPT_STATE = ("s3", "dynamodb", "sqs", "cognito")
