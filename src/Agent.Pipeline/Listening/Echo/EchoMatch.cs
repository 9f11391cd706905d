namespace Agent.Pipeline.Listening.Echo;

/// <summary>
/// Whether words are an echo of other words: the same, in the same order, at about the same time. A recogniser mishears echoes, so that a long one need not match
/// whole; one or two words must, and nearer in time, since people repeat single words.
/// </summary>
internal static class EchoMatch
{
    private const int Few = 2;
    private const double EnoughOfMany = 0.7;

    // An echo comes after the word was sent: by the network both ways, the listener's jitter buffer and the loudspeaker. Times of recognised words are
    // shared out evenly over their segment, hence the slack on both sides.
    private static readonly Window s_few = new(TimeSpan.FromSeconds(0.6), TimeSpan.FromSeconds(0.3));
    private static readonly Window s_many = new(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(0.8));

    /// <summary>Compares what was understood with what was sent.</summary>
    /// <param name="words">What was understood, in a form in which it can be compared.</param>
    /// <param name="start">When its speech began.</param>
    /// <param name="end">When its speech ended.</param>
    /// <param name="sent">What was sent lately, in its order.</param>
    internal static bool IsEcho(IReadOnlyList<string> words, TimeSpan start, TimeSpan end, IReadOnlyList<HeardWord> sent)
    {
        if (words.Count == 0 || sent.Count == 0)
            return false;
        var isFew = words.Count <= Few;
        var common = Common(words, start, end, sent, isFew ? s_few : s_many);
        return isFew ? common == words.Count : common >= Math.Ceiling(EnoughOfMany * words.Count);
    }

    // The longest common subsequence of the words that are near enough in time.
    private static int Common(IReadOnlyList<string> words, TimeSpan start, TimeSpan end, IReadOnlyList<HeardWord> sent, Window window)
    {
        var before = new int[sent.Count + 1];
        var now = new int[sent.Count + 1];
        for (var i = 0; i < words.Count; i++)
        {
            var at = start + ((end - start) * ((i + 0.5) / words.Count));
            for (var j = 0; j < sent.Count; j++)
            {
                var isMatch = sent[j].At >= at - window.Before && sent[j].At <= at + window.After && IsAlike(words[i], sent[j].Text);
                now[j + 1] = isMatch ? before[j] + 1 : Math.Max(now[j], before[j + 1]);
            }

            (before, now) = (now, before);
        }

        return before[^1];
    }

    /// <summary>Whether two words are the same but for one letter, where they are long enough for that to be a mishearing.</summary>
    private static bool IsAlike(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.Ordinal))
            return true;
        if (Math.Min(a.Length, b.Length) < 4 || Math.Abs(a.Length - b.Length) > 1)
            return false;
        var i = 0;
        while (i < Math.Min(a.Length, b.Length) && a[i] == b[i])
            i++;
        var restA = a.AsSpan(i + (a.Length >= b.Length ? 1 : 0));
        var restB = b.AsSpan(i + (b.Length >= a.Length ? 1 : 0));
        return restA.SequenceEqual(restB);
    }

    private sealed record Window(TimeSpan Before, TimeSpan After);
}
