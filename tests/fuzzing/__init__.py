"""Damaged input by the thousand: how it is made, what takes it, who watches."""
