//! The slots that a cluster shares out. See <https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/>.

/// Answers the slot of a key, below 16384: that of what stands between the first `{` and the next `}`, if that is
/// anything, so that keys can be kept together.
pub fn slot_of(key: &[u8]) -> u16 {
    let tag = key.iter().position(|&byte| byte == b'{').and_then(|open| {
        let rest = &key[open + 1..];
        let close = rest.iter().position(|&byte| byte == b'}')?;
        (close > 0).then(|| &rest[..close])
    });
    crc16(tag.unwrap_or(key)) & 0x3fff
}

/// CRC-16 of XMODEM: polynomial 0x1021, beginning as 0.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_slots() {
        assert_eq!(crc16(b"123456789"), 0x31c3);
        for (key, slot) in [("", 0), ("foo", 12182), ("{user1000}.following", 3443), ("foo{}{bar}", 8363), ("foo{{bar}}zap", 4015)] {
            assert_eq!(slot_of(key.as_bytes()), slot, "{key}");
        }
    }
}
