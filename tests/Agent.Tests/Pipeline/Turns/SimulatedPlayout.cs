using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Speech;

namespace Agent.Tests.Pipeline.Turns;

/// <summary>
/// What a room hears of the agent when the machine decides: the real sound and word clock of every utterance, played frame by frame, held, taken
/// up again and ended. Each sample tells its own place, so that what was really heard is known apart from what playout says of it.
/// </summary>
internal sealed class SimulatedPlayout
{
    // Few samples for each word: thousands of conversations are played.
    private const int Rate = 1_000;
    private const int Frame = Rate / 100;
    private const int Word = 300;

    private readonly Dictionary<string, Sound> _sounds = [];
    private readonly short[] _frame = new short[Frame];
    private TimeSpan _owed;

    /// <summary>How many words of all utterances entered the history.</summary>
    internal int WordsHeard { get; private set; }

    internal void Start(string id) => _sounds.Add(id, new Sound(id, words: 3 + (_sounds.Count % 9)));

    /// <summary>Lets time pass for the utterance that has the voice.</summary>
    internal void Pass(string? playing, TimeSpan time)
    {
        if (playing is null || !_sounds.TryGetValue(playing, out var sound))
        {
            _owed = TimeSpan.Zero;
            return;
        }

        for (_owed += time; _owed >= TimeSpan.FromMilliseconds(10); _owed -= TimeSpan.FromMilliseconds(10))
            sound.Hear(_frame);
    }

    /// <summary>A held utterance goes on from the last word boundary.</summary>
    internal void Release(string id) => _sounds[id].Rewind();

    /// <summary>An utterance is over; what was heard of it enters the history.</summary>
    internal void End(string id)
    {
        if (_sounds.TryGetValue(id, out var sound))
            WordsHeard += sound.End();
    }

    private sealed class Sound
    {
        private readonly string _id;
        private readonly Utterance _utterance;
        private readonly bool[] _heard;
        private long _position;
        private int _next;
        private bool _isOver;

        internal Sound(string id, int words)
        {
            _id = id;
            _utterance = new Utterance(id, Rate, new AsyncSignal());
            _heard = new bool[words * Word];
            var samples = new short[_heard.Length];
            for (var i = 0; i < samples.Length; i++)
                samples[i] = (short)(i + 1);
            var text = Enumerable.Range(0, words).Select(i => $"word{i}").ToArray();
            _utterance.Words.Add(string.Join(' ', text));
            _utterance.Words.Add([.. text.Select((word, i) => new WordTiming(word, At(i), At(i + 1)))]);
            _utterance.Words.Settle(samples.Length);
            Assert.True(_utterance.Audio.WriteAsync(samples, CancellationToken.None).AsTask().IsCompletedSuccessfully, "a short utterance waits for room");
            _utterance.Audio.Complete();
        }

        internal void Hear(short[] frame)
        {
            Assert.False(_isOver, $"{_id} is heard after its end");
            if (_utterance.Audio.IsPlayed)
                return;
            Assert.True(_utterance.Audio.TryPeek(frame), $"{_id} has sound that cannot be played");
            Assert.Equal(_next + 1, frame[0]);
            foreach (var sample in frame)
                _heard[sample - 1] = true;
            _utterance.Audio.Advance(frame.Length);
            _next += frame.Length;
            Moved();
        }

        internal void Rewind()
        {
            var from = _utterance.Audio.Position;
            var to = _utterance.Words.Timeline.BoundaryAt(from);
            Assert.InRange(to, from / Word * Word, from);
            _utterance.Audio.Rewind(to);
            _next = (int)to;
            Moved();
        }

        internal int End()
        {
            Assert.False(_isOver, $"{_id} ends twice in the room");
            _isOver = true;
            var words = _utterance.Words.Timeline.HeardAt(_utterance.Audio.Position);
            for (var word = 0; word < words; word++)
            {
                var heard = _heard.AsSpan(word * Word, Word).Count(true);
                Assert.True(heard >= (Word / 2) - 1, $"{_id} has a word in the history of which {heard} of {Word} samples were heard");
            }

            _utterance.TryStop();
            _utterance.Audio.Release();
            _utterance.Audio.Release();
            return words;
        }

        private static TimeSpan At(int word) => TimeSpan.FromSeconds((double)word * Word / Rate);

        private void Moved()
        {
            Assert.True(_utterance.Audio.Position >= _position, $"the position of {_id} runs backwards");
            _position = _utterance.Audio.Position;
            Assert.Equal(_heard.AsSpan().LastIndexOf(true) + 1, _position);
        }
    }
}
