from tests.function.conftest import cloud

__all__ = ["cloud"]
