"""Yixian (一线): the working system of a county that moves its people, and means to do it with them."""
