//! Chance that falls the same way on every machine.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// A stream of random numbers that belongs to one person of one wave.
///
/// Each person has a stream of their own, so that one more question, or one more person,
/// leaves the answers of all others as they were.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of the person with this `number` in `wave`.
    pub(crate) fn of_person(seed: u64, wave: u16, number: u32) -> Self {
        Self::of(seed, wave, number, 0)
    }

    /// The stream that says what home that person bought: one of its own, so that nobody's
    /// answers hang on it unless it is planned.
    pub(crate) fn of_home(seed: u64, wave: u16, number: u32) -> Self {
        Self::of(seed, wave, number, 1)
    }

    /// The stream of what that person says beside the scores.
    pub(crate) fn of_beside(seed: u64, wave: u16, number: u32) -> Self {
        Self::of(seed, wave, number, 2)
    }

    /// The stream of somebody who works inside.
    pub(crate) fn of_staff(seed: u64, wave: u16, number: u32) -> Self {
        Self::of(seed, wave, number, 3)
    }

    fn of(seed: u64, wave: u16, number: u32, purpose: u8) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..10].copy_from_slice(&wave.to_le_bytes());
        key[10..14].copy_from_slice(&number.to_le_bytes());
        key[14] = purpose;
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number from 0 up to, but not including, 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// A standard normal deviate, nearly: twelve uniforms have a variance of 1.
    ///
    /// The usual ways need a logarithm or a cosine, whose last bit differs by platform.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// Whether something of this probability happens.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// An index of `shares`, each as likely as its share; the last one takes the rest.
    pub(crate) fn pick(&mut self, shares: &[f64]) -> usize {
        let mut left = self.uniform();
        for (index, share) in shares.iter().enumerate() {
            if left < *share {
                return index;
            }
            left -= share;
        }
        shares.len().saturating_sub(1)
    }

    /// A whole number under `bound`, near enough to evenly spread for small bounds.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0.next_u32() % bound
    }
}
