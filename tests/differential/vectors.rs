//! Draws commands about vector sets, the keys v0 to v3: one for each precision, and v3 for one element, of which it is
//! certain what is the most similar. Whatever depends on the graph, or on draws, is not asked.

use super::{Call, Random};

/// Commands that are drawn here and nowhere else, and those that are not drawn.
pub const NAMES: &str = "VADD VCARD VDIM VEMB VGETATTR VINFO VISMEMBER VLINKS VRANDMEMBER VRANGE VREM VSETATTR VSIM";

const ELEMENTS: &[&str] = &["a", "b", "c", "d", "aa", "ab", "f"];

/// Draws one of them.
pub fn draw(random: &mut Random) -> Call {
    let set = random.below(4);
    let element = if set == 3 { "a" } else { *random.pick(ELEMENTS) };
    let mut component = || random.pick(&["1", "-2", "3.5", "0", "-0.25", "1e3"]).to_string();
    let vector = format!("values 3 {} {} {}", component(), component(), component());
    let line = match random.below(14) {
        0..5 => {
            let options = ["q8", "noquant", "bin", "q8"][set];
            let more = ["", " ef 10", " cas", " setattr {\"n\":1}", " setattr x", " m 4", " bin", " oops"];
            format!("vadd v{set} {vector} {element} {options}{}", random.pick(&more))
        }
        5 => format!("vrem v{set} {element}"),
        6 => format!("vcard v{set}"),
        7 => format!("vdim v{set}"),
        8 => format!("vemb v{set} {element}{}", random.pick(&["", " raw"])),
        9 => format!("vgetattr v{set} {element}"),
        10 => format!("vismember v{set} {element}"),
        11 => format!(
            "vrange v{set} {} {}",
            random.pick(&["-", "[aa", "(a", "x"]),
            random.pick(&["+", "[b", "(d", "+ 2"])
        ),
        12 => format!("vsetattr v{set} {element} {}", random.pick(&["{\"n\":2}", "y"])),
        _ => {
            let filter = ["", " filter .n>1", " filter .n==1", " filter (", " count 0", " withattribs"];
            format!("vsim v3 {vector} withscores{}", random.pick(&filter))
        }
    };
    line.split(' ').map(|word| word.into()).collect()
}
