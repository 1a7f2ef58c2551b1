// NumPy's random numbers, so that a seed means the same points with Python and without.
//
// `numpy.random.default_rng(seed)` is a chain, here from top to bottom of the file: a seed of any
// size is hashed to 256 bits (after M. E. O'Neill's seed_seq, "Developing a seed_seq Alternative",
// 2015), with which PCG64 begins (XSL-RR 128/64 of M. E. O'Neill, "PCG: A Family of Simple Fast
// Space-Efficient Statistically Good Algorithms for Random Number Generation", 2014); its 64 bits
// at a time become a double, or, by the ziggurat (G. Marsaglia and W. W. Tsang, "The Ziggurat
// Method for Generating Random Variables", 2000), a normal deviate.
//
// Uniform numbers equal NumPy's to the last bit, in every browser; normal ones too, but for the
// tail beyond R, one in 3900, where the browser's log1p may differ from NumPy's in its last bit.

const { asUintN } = BigInt;

/**
 * A hash of 32-bit words whose key changes with each word.
 * @param {number} key
 * @param {number} factor
 */
const hasher = (key, factor) => (/** @type {number} */ word) => {
  word ^= key;
  key = Math.imul(key, factor);
  word = Math.imul(word, key);
  return word ^ (word >>> 16);
};

/**
 * NumPy's SeedSequence: the 256 bits with which a seed lets a generator begin.
 * @param {number | bigint | string} seed  a whole number, at least 0: whoever calls has checked that
 */
function seedSequence(seed) {
  /** @type {number[]} */
  const given = [];
  for (let rest = BigInt(seed); rest; rest >>= 32n) given.push(Number(rest & 0xffffffffn));

  const absorb = hasher(0x43b0d7e5, 0x931e8875);
  const pool = [0, 1, 2, 3].map((i) => absorb(given[i] ?? 0));
  // Every word of the pool stirs all others; what did not fit into the pool stirs all of it.
  for (let from = 0; from < Math.max(4, given.length); from++) {
    for (let to = 0; to < 4; to++) {
      if (from === to) continue;
      const word = absorb(pool[from] ?? given[from]);
      const mixed = Math.imul(pool[to], 0xca01f9dd) - Math.imul(word, 0x4973f715);
      pool[to] = mixed ^ (mixed >>> 16);
    }
  }

  const squeeze = hasher(0x8b51f9dd, 0x58f38ded);
  const words = [...pool, ...pool].map((word) => BigInt(squeeze(word) >>> 0));
  // Two words make 64 bits the lower half first, as in memory; all the rest, the upper half first.
  return [1, 0, 3, 2, 5, 4, 7, 6].reduce((bits, i) => (bits << 32n) | words[i], 0n);
}

/**
 * PCG64: 64 random bits at each call.
 * @param {bigint} seed  of 256 bits: where to start, and on which of the streams
 */
function pcg64(seed) {
  const increment = asUintN(128, (seed << 1n) | 1n);
  let state = (seed >> 128n) + increment;
  const next = () => {
    state = asUintN(128, state * 0x2360ed051fc65da44385df649fccf645n + increment);
    // The halves, one xor the other, and rotated to the right by the topmost 6 bits.
    const bits = asUintN(64, state ^ (state >> 64n));
    return asUintN(64, ((bits << 64n) | bits) >> (state >> 122n));
  };
  next(); // seeding ends with a step
  return next;
}

// Fixed point, for what must be rounded alike in every browser; Math.exp and Math.log are not.
const ONE = 2 ** 100;
const fixed = (/** @type {number} */ x) => BigInt(Math.round(x * ONE));

/**
 * factor * exp(power) - less, by the series, and rounded once.
 * @param {number} power
 * @param {number} factor
 * @param {number} less
 */
function exp(power, factor = 1, less = 0) {
  const [one, x] = [fixed(1), fixed(power)];
  let sum = fixed(-less);
  for (let k = 1n, term = fixed(factor); term; k++) {
    sum += term;
    term = (term * x) / k / one;
  }
  return Number(sum) / ONE;
}

const bell = (/** @type {number} */ x) => exp(-0.5 * x * x);

// The ziggurat: 256 layers of one area V cover the bell. Layer 0 is the lowest; it reaches to R
// and has the tail beyond R with it. V is NumPy's: the last digits of the true area are ...655.
const R = 3.654152885361009;
const V = 0.004928673233974652;

/**
 * Where the layers end, on the right: layer i at edges[i], and the one above it at edges[i - 1].
 *
 * Marsaglia and Tsang's recurrence, from R upwards. It makes much of every rounding, up to 4e-14
 * in the topmost layers. With exp and log rounded correctly the edges are NumPy's to the last bit,
 * if one exp is rounded the wrong way, as it must have been when those were made: 0.502 units of
 * its last bit upwards, not 0.498 downwards.
 */
function makeEdges() {
  const edges = new Float64Array(256);
  let x = (edges[255] = R);
  for (let i = 255; i > 1; i--) {
    const height = bell(x) + (i === 38 ? 2 ** -53 : 0) + V / x;
    // log(height), by one step of Newton's method from whatever the browser says it is.
    const near = Math.log(height);
    x = edges[i - 1] = Math.sqrt(-2 * (near + exp(-near, height, 1)));
  }
  return edges;
}

/** @type {Float64Array | undefined} */
let edges;

/**
 * One standard normal deviate.
 * @param {() => bigint} next64
 * @param {() => number} random
 */
function standardNormal(next64, random) {
  edges ??= makeEdges();
  for (;;) {
    const bits = next64();
    const layer = Number(bits & 0xffn);
    // Within `inner` the layer is all under the bell.
    const [inner, outer] = layer ? [edges[layer - 1], edges[layer]] : [R, V / bell(R)];
    const x = Number((bits >> 9n) & 0xfffffffffffffn) * 2 ** -52 * outer;
    const signed = bits & 0x100n ? -x : x;
    if (x < inner) return signed;
    if (layer) {
      const low = bell(outer);
      if ((bell(inner) - low) * random() + low < bell(x)) return signed;
    } else {
      // The tail, by Marsaglia's method of 1964. NumPy takes another bit for the sign here.
      const exponential = () => -Math.log1p(-random());
      for (;;) {
        const beyond = exponential() / R;
        if (2 * exponential() > beyond * beyond) return bits & 0x20000n ? -R - beyond : R + beyond;
      }
    }
  }
}

/**
 * The twin of numpy.random.default_rng. Each call goes on where the one before it stopped.
 * @param {number | bigint | string} seed  a whole number, at least 0: whoever calls has checked that
 */
export function defaultRng(seed) {
  const next64 = pcg64(seedSequence(seed));
  const random = () => Number(next64() >> 11n) * 2 ** -53;

  const draws = (/** @type {number} */ n, /** @type {() => number} */ draw) =>
    Float64Array.from({ length: n }, draw);

  return {
    /** One number in [0, 1). */
    random,

    /**
     * n numbers in [low, high).
     * @param {number} low
     * @param {number} high
     * @param {number} n
     */
    uniform: (low, high, n) => draws(n, () => low + (high - low) * random()),

    /**
     * n normal deviates.
     * @param {number} mean
     * @param {number} sd  the standard deviation
     * @param {number} n
     */
    normal: (mean, sd, n) => draws(n, () => mean + sd * standardNormal(next64, random)),
  };
}
