// NumPy's random numbers, so that a seed means the same points with Python and without.
//
// `numpy.random.default_rng(seed)` is a chain, here from top to bottom of the file: a seed of any
// size is hashed to 256 bits (after M. E. O'Neill's seed_seq, "Developing a seed_seq Alternative",
// 2015), with which PCG64 begins (XSL-RR 128/64 of M. E. O'Neill, "PCG: A Family of Simple Fast
// Space-Efficient Statistically Good Algorithms for Random Number Generation", 2014); its 64 bits
// at a time become a double, or, by the ziggurat (G. Marsaglia and W. W. Tsang, "The Ziggurat
// Method for Generating Random Variables", 2000), a normal deviate.
//
// Uniform numbers equal NumPy's to the last bit, in every browser; normal ones to 1e-12, because the
// browser's exp and log may differ from NumPy's in their last bit.

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
 * NumPy's SeedSequence: the 256 bits with which a seed lets a generator begin, as 32-bit words.
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
  return [...pool, ...pool].map(squeeze);
}

// What PCG64 multiplies by, 0x2360ed051fc65da44385df649fccf645: of its 32-bit words, the lowest
// first, the lower halves and the upper ones.
const LOWER = Float64Array.of(0xf645, 0xdf64, 0x5da4, 0xed05);
const UPPER = Float64Array.of(0x9fcc, 0x4385, 0x1fc6, 0x2360);

/**
 * PCG64: 64 random bits at each call, as two 32-bit words, the upper one first.
 *
 * Numbers of 128 bits are four words here, the lowest first: with BigInt an order of points takes
 * several times as long. A word times half of one is exact, and so are sums of four.
 *
 * @param {number[]} seed  of 256 bits: where to start, and on which of the streams
 */
function pcg64([s2, s3, s0, s1, i2, i3, i0, i1]) {
  const increment = Uint32Array.of(i0, i1, i2, i3).map(
    (word, i, all) => (word << 1) | (i ? all[i - 1] >>> 31 : 1),
  );
  const state = Float64Array.of(s0, s1, s2, s3).map((word, i) => (word >>> 0) + increment[i]);
  const product = new Uint32Array(4);
  const next = () => {
    // The state times that number, plus the increment.
    for (let i = 0, carry = 0; i < 4; i++) {
      let lower = increment[i] + carry;
      let upper = 0;
      for (let j = 0; j <= i; j++) {
        lower += state[j] * LOWER[i - j];
        upper += state[j] * UPPER[i - j];
      }
      upper += Math.floor(lower / 0x10000);
      carry = Math.floor(upper / 0x10000);
      product[i] = (lower & 0xffff) | (upper << 16);
    }
    for (let i = 0; i < 4; i++) state[i] = product[i]; // sooner than set()
    // The halves, one xor the other, and rotated to the right by the topmost 6 bits.
    const upper = product[3] ^ product[1];
    const lower = product[2] ^ product[0];
    const turn = product[3] >>> 26; // of which a shift heeds the lowest 5 bits
    const left = 31 - (turn & 31);
    const one = (upper >>> turn) | ((lower << 1) << left);
    const other = (lower >>> turn) | ((upper << 1) << left);
    return turn & 32 ? [other, one] : [one, other];
  };
  next(); // seeding ends with a step
  return next;
}

const bell = (/** @type {number} */ x) => Math.exp(-0.5 * x * x);

// The ziggurat: 256 layers of one area V cover the bell. Layer 0 is the lowest; it reaches to R
// and has the tail beyond R with it. V is NumPy's: the last digits of the true area are ...655.
const R = 3.654152885361009;
const V = 0.004928673233974652;

/**
 * Where the layers end, on the right: layer i at edges[i], and the one above it at edges[i - 1].
 * Marsaglia and Tsang's recurrence, from R upwards.
 */
function makeEdges() {
  const edges = new Float64Array(256);
  let x = (edges[255] = R);
  for (let i = 255; i > 1; i--) x = edges[i - 1] = Math.sqrt(-2 * Math.log(bell(x) + V / x));
  return edges;
}

/** @type {Float64Array | undefined} */
let edges;

/**
 * One standard normal deviate.
 * @param {() => number[]} next64
 * @param {() => number} random
 */
function standardNormal(next64, random) {
  edges ??= makeEdges();
  for (;;) {
    const [upper, lower] = next64();
    const layer = lower & 0xff;
    // Within `inner` the layer is all under the bell.
    const [inner, outer] = layer ? [edges[layer - 1], edges[layer]] : [R, V / bell(R)];
    const x = ((upper & 0x1fffffff) * 2 ** 23 + (lower >>> 9)) * 2 ** -52 * outer;
    const signed = lower & 0x100 ? -x : x;
    if (x < inner) return signed;
    if (layer) {
      const low = bell(outer);
      if ((bell(inner) - low) * random() + low < bell(x)) return signed;
    } else {
      // The tail, by Marsaglia's method of 1964. NumPy takes another bit for the sign here.
      const exponential = () => -Math.log1p(-random());
      for (;;) {
        const beyond = exponential() / R;
        if (2 * exponential() > beyond * beyond) return lower & 0x20000 ? -R - beyond : R + beyond;
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
  const random = () => {
    const [upper, lower] = next64();
    return ((upper >>> 0) * 2 ** 21 + (lower >>> 11)) * 2 ** -53;
  };

  const draws = (/** @type {number} */ n, /** @type {() => number} */ draw) =>
    new Float64Array(n).map(draw);

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
