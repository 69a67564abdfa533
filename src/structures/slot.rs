//! Hash slots: the sixteen thousand parts among which a cluster divides its keys.
//! See <https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags>.

/// How many there are.
pub const SLOTS: u16 = 16_384;

/// Answers the slot of a key: by what stands between the first `{` and the next `}`, if anything does.
pub fn slot_of(key: &[u8]) -> u16 {
    let tag = key.iter().position(|byte| *byte == b'{').and_then(|open| {
        let rest = &key[open + 1..];
        let close = rest.iter().position(|byte| *byte == b'}')?;
        (close > 0).then(|| &rest[..close])
    });
    crc16(tag.unwrap_or(key)) % SLOTS
}

/// CRC-16/XMODEM: polynomial 0x1021, nothing reflected, beginning at 0.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_of_known_keys() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
        for (key, slot) in [("a", 15495), ("{a}b", 15495), ("b{a}", 15495), ("foo", 12182), ("", 0)] {
            assert_eq!(slot_of(key.as_bytes()), slot, "{key}");
        }
        assert_eq!(slot_of(b"{}a"), crc16(b"{}a") % SLOTS);
        assert_eq!(slot_of(b"{a"), crc16(b"{a") % SLOTS);
        assert_eq!(slot_of(b"{{a}}b"), slot_of(b"{a"));
    }
}
