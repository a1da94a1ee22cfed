"""Word files as an office makes them."""

import io

from docx import Document


def word_file(*paragraphs: str, header: str = "") -> bytes:
    """Return a DOCX with these paragraphs, and maybe a header."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def words_of(content: bytes) -> list[str]:
    """Return the header's line and every paragraph of a DOCX."""
    document = Document(io.BytesIO(content))
    return [document.sections[0].header.paragraphs[0].text, *(one.text for one in document.paragraphs)]
