using Microsoft.Extensions.AI;

namespace Agent.Testing;

/// <summary>
/// Fills a screenplay with talk at random: words, coughs, pauses and barge-ins of all lengths, and answers of one to fifty words. The same seed gives
/// the same conversation.
/// </summary>
public static class RandomConversation
{
    /// <summary>Writes the script.</summary>
    /// <param name="play">What to fill.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="seconds">Up to when somebody talks.</param>
    public static void Fill(Screenplay play, int seed, double seconds)
    {
        ArgumentNullException.ThrowIfNull(play);
        var random = new Random(seed);
        for (var at = 1.0; at < seconds; at += 0.3 + random.NextDouble() * 10)
        {
            var length = 0.1 + random.NextDouble() * random.NextDouble() * 4;
            if (random.Next(5) == 0)
                play.User.Coughs(at, at + length);
            else
                play.User.Says(Words(random, 1 + (int)(length * 3)), at, at + length);
            at += length;
        }

        if (play.Realtime is { } realtime)
            realtime.Otherwise = _ => Answer(random);
        else
            play.Model.Answer = _ => [new TextContent(Answer(random))];
    }

    private static string Answer(Random random) => Words(random, random.Next(1, 30)) + ". " + Words(random, random.Next(1, 20)) + ".";

    private static string Words(Random random, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => "abcdefgh"[..random.Next(2, 8)]));
}
