"""Plants the worked stories, whole or not at all. What people could do goes through the rooms' actions."""

from demo.actions.planting import Planted, plant, planted

__all__ = ["Planted", "plant", "planted"]
