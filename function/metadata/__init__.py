"""What the camera wrote: bytes -> time, place, camera, exposure."""
