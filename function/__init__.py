"""The code in the Lambda image: takes photos in, makes their renditions, answers the API."""
