"""The texts of the portal: the frame's, and those about appointments."""

from pathlib import Path

from wurzelwerk.base.own_language import OwnTexts

FRAME = OwnTexts(Path(__file__).parent / "texts")
APPOINTMENT = OwnTexts(Path(__file__).parent / "appointment_texts")
