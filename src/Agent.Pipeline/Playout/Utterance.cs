using Agent.Pipeline.Concurrency;

namespace Agent.Pipeline.Playout;

/// <summary>One unit of agent speech on its way into the room.</summary>
internal sealed class Utterance
{
    private int _stopped;

    internal Utterance(string id, int sampleRateHz, AsyncSignal arrived)
    {
        Id = id;
        SampleRateHz = sampleRateHz;
        Audio = new UtteranceAudio(sampleRateHz, arrived);
        Words = new WordClock(sampleRateHz);
    }

    internal string Id { get; }

    internal int SampleRateHz { get; }

    internal UtteranceAudio Audio { get; }

    internal WordClock Words { get; }

    /// <summary>How long it has been played.</summary>
    internal TimeSpan Played => TimeSpan.FromSeconds((double)Audio.Position / SampleRateHz);

    /// <summary>Whether it is a question of which at most a second is left to be played.</summary>
    internal bool IsQuestionAtItsEnd
    {
        get
        {
            if (!Audio.IsComplete || Audio.Length - Audio.Position > SampleRateHz)
                return false;
            var words = Words.Timeline;
            return words.Count > 0 && words.Text(words.Count - 1, words.Count).TrimEnd(' ', '"', '\'', '”', '’', '»', ')') is [.., '?' or '？' or '؟'];
        }
    }

    internal bool IsStopped => Volatile.Read(ref _stopped) != 0;

    /// <summary>Ends it where it is; nothing more is played. Returns false when it had ended before.</summary>
    internal bool TryStop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return false;
        Audio.Abandon();
        return true;
    }
}
