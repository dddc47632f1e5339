"""What a file is when it is not an MP4, by its first bytes. `signatures.ts` is the twin."""

# (offset, bytes, name); the first that fits.
SIGNATURES = (
    (8, b"AVI ", "AVI"),
    (8, b"WAVE", "WAV"),
    (8, b"WEBP", "WebP"),
    (0, b"\x1a\x45\xdf\xa3", "MKV / WebM"),
    (0, b"\x00\x00\x01\xba", "MPEG-PS / VOB"),
    (0, b"\x00\x00\x01\xb3", "MPEG"),
    (0, b"FLV\x01", "FLV"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMV"),
    (0, b".RMF", "RMVB"),
    (0, b"OggS", "Ogg"),
    (0, b"ID3", "MP3"),
    (0, b"#EXTM3U", "M3U8"),
    (0, b"ffconcat", "concat"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG", "PNG"),
    (0, b"GIF8", "GIF"),
    (0, b"%PDF", "PDF"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"Rar!", "RAR"),
    (0, b"7z\xbc\xaf", "7z"),
)
TRANSPORT_PACKET = 188


def name(first: bytes) -> str:
    """The format's name, or an empty text when it is none of those known."""
    for offset, mark, known in SIGNATURES:
        if first[offset : offset + len(mark)] == mark:
            return known
    if first[:1] == b"G" and first[TRANSPORT_PACKET : TRANSPORT_PACKET + 1] == b"G":
        return "MPEG-TS"
    return ""
