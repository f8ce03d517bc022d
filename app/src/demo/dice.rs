//! Chance that can be repeated: the same seed gives the same people.

/// A small random generator (splitmix64); no clock, no system entropy.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice with this seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51_7cc1_b727_220a)
    }

    /// Dice of their own for one thing among many, so that a change in one does not shift the others.
    pub fn of(seed: u64, number: u64) -> Dice {
        let mut dice = Dice::new(seed);
        let start = dice.next();
        Dice(start ^ number.wrapping_mul(0xd134_2543_de82_ef95))
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, not including, `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(end.max(1));
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number between both ends, themselves included.
    pub fn between(&mut self, first: i32, last: i32) -> i32 {
        let span = u64::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(1);
        first + i32::try_from(self.below(span)).unwrap_or_default()
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, share: u32) -> bool {
        self.below(100) < u64::from(share)
    }
}
