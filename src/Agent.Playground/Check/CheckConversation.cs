using Agent.Pipeline.Ledger;

namespace Agent.Playground.Check;

/// <summary>
/// Holds the conversation of the check and judges it. Everything is measured where a person would be: at the caller's ear, on the clocks of the
/// samples themselves.
/// </summary>
internal sealed class CheckConversation(ICaller caller, CheckVoices voices, AgentLedger ledger, CheckLimits limits, TimeProvider time)
{
    private const string Listening = "listening";

    // A pause between sentences is shorter.
    private static readonly TimeSpan s_endOfUtterance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    private readonly List<CheckTurn> _turns = [];

    internal IReadOnlyList<CheckTurn> Turns => _turns;

    /// <summary>From the caller's joining to the agent's first sound; null before it was heard.</summary>
    internal double? GreetingMilliseconds { get; private set; }

    /// <summary>Hears the agent's first words, which nobody asked for.</summary>
    internal async Task GreetingAsync(CancellationToken cancellationToken)
    {
        var first = await WaitAsync(() => caller.Heard.FirstAudible(0), "the agent's greeting", cancellationToken);
        GreetingMilliseconds = (caller.Heard.TimeOf(first) - caller.Joined).TotalMilliseconds;
        await WaitForEndAsync(first, cancellationToken);
        _turns.Add(await JudgeAsync(new CheckTurn(), null, first, 0, cancellationToken));
    }

    /// <summary>Says a line and hears the answer out.</summary>
    internal async Task AskAsync(CheckLine line, CancellationToken cancellationToken)
    {
        var (agentFrom, callerFrom, ledgerFrom) = (caller.AgentCaptions.Count, caller.CallerCaptions.Count, ledger.Count);
        var (_, speechEnd) = await SayAsync(line.Says, cancellationToken);
        var first = await HearAnswerAsync(speechEnd, cancellationToken);
        await WaitForEndAsync(first, cancellationToken);
        var entry = ledger.After(ledgerFrom).LastOrDefault(entry => entry.Cause == SpeechCause.UserTurn);
        var turn = new CheckTurn
        {
            Said = line.Says,
            Understood = Join(caller.CallerCaptions, callerFrom),
            ResponseMilliseconds = (caller.Heard.TimeOf(first) - speechEnd).TotalMilliseconds,
            LedgerResponseMilliseconds = entry?.Latency.FirstAudioInRoom?.TotalMilliseconds,
        };
        _turns.Add(await JudgeAsync(turn, line.Expected, first, agentFrom, cancellationToken));
    }

    /// <summary>Asks for something long, speaks over the answer, and hears out what the agent says to that.</summary>
    internal async Task InterruptAsync(CheckLine question, CheckLine interruption, CancellationToken cancellationToken)
    {
        var (agentFrom, callerFrom, ledgerFrom) = (caller.AgentCaptions.Count, caller.CallerCaptions.Count, ledger.Count);
        var (_, questionEnd) = await SayAsync(question.Says, cancellationToken);
        var first = await HearAnswerAsync(questionEnd, cancellationToken);
        var response = (caller.Heard.TimeOf(first) - questionEnd).TotalMilliseconds;
        await WaitAsync(
            () => caller.Heard.LastAudible(first) is { } last && last - first >= limits.BargeInAfter.TotalSeconds * AudioTrace.SampleRateHz ? last : (long?)null,
            "the agent's long answer",
            cancellationToken);

        // Not before: the agent may be heard sooner than the captions of what it answers arrive.
        var understood = Join(caller.CallerCaptions, callerFrom);
        callerFrom = caller.CallerCaptions.Count;
        var (speechStart, speechEnd) = await SayAsync(interruption.Says, cancellationToken);
        var over = caller.Heard.PositionAt(speechStart);
        var silentFrom = await WaitAsync(() => caller.Heard.FirstSilence(over, s_silence), "the agent's silence after it was spoken over", cancellationToken);
        var silence = (caller.Heard.TimeOf(silentFrom) - speechStart).TotalMilliseconds;
        var cutAt = caller.AgentCaptions.Count;
        var answer = await HearAnswerAsync(speechEnd, cancellationToken);
        await WaitForEndAsync(answer, cancellationToken);

        var entries = ledger.After(ledgerFrom);
        var story = new CheckTurn
        {
            Said = question.Says,
            Understood = understood,
            ResponseMilliseconds = response,
            LedgerResponseMilliseconds = entries.FirstOrDefault(entry => entry.Cause == SpeechCause.UserTurn)?.Latency.FirstAudioInRoom?.TotalMilliseconds,
            SilenceMilliseconds = silence,
            LedgerSilenceMilliseconds = entries.FirstOrDefault(entry => entry.BargeInLatency is not null)?.BargeInLatency?.TotalMilliseconds,
        };
        story = await JudgeAsync(story, question.Expected, first, agentFrom, cancellationToken, silentFrom, cutAt);
        if (silence > limits.Silence.TotalMilliseconds)
        {
            story = story with
            {
                Problems = [.. story.Problems, $"the agent fell silent {silence:0} ms after it was spoken over; the limit is {limits.Silence.TotalMilliseconds:0} ms"],
            };
        }

        _turns.Add(story);
        var reply = new CheckTurn
        {
            Said = interruption.Says,
            Understood = Join(caller.CallerCaptions, callerFrom),
            ResponseMilliseconds = (caller.Heard.TimeOf(answer) - speechEnd).TotalMilliseconds,
            LedgerResponseMilliseconds = entries.LastOrDefault(entry => entry.Cause == SpeechCause.UserTurn)?.Latency.FirstAudioInRoom?.TotalMilliseconds,
        };
        _turns.Add(await JudgeAsync(reply, interruption.Expected, answer, cutAt, cancellationToken));
    }

    private static string Join(IReadOnlyList<string> captions, int from, int to = int.MaxValue) =>
        string.Join(' ', captions.Skip(from).Take(to - from).Select(caption => caption.Trim()).Where(caption => caption.Length > 0));

    private async Task<(TimeSpan Start, TimeSpan End)> SayAsync(string text, CancellationToken cancellationToken)
    {
        var speech = await voices.SpeakAsync(text, cancellationToken);
        var (start, end) = await caller.SayAsync(speech, cancellationToken);
        return (caller.Spoken.TimeOf(start), caller.Spoken.TimeOf(end));
    }

    private Task<long> HearAnswerAsync(TimeSpan speechEnd, CancellationToken cancellationToken) =>
        WaitAsync(() => caller.Heard.FirstAudible(caller.Heard.PositionAt(speechEnd)), "the agent's answer", cancellationToken);

    private Task<long> WaitForEndAsync(long first, CancellationToken cancellationToken) => WaitAsync(
        () => string.Equals(caller.AgentState, Listening, StringComparison.Ordinal)
            && caller.Heard.LastAudible(first) is { } last
            && caller.Heard.Length - last >= s_endOfUtterance.TotalSeconds * AudioTrace.SampleRateHz ? last : (long?)null,
        "the end of the agent's answer",
        cancellationToken);

    private async Task<CheckTurn> JudgeAsync(
        CheckTurn turn, string? expected, long first, int captionsFrom, CancellationToken cancellationToken, long to = long.MaxValue, int captionsTo = int.MaxValue)
    {
        const int margin = AudioTrace.SampleRateHz / 10;
        var last = caller.Heard.LastAudible(first, to) ?? first;
        var recognised = await voices.RecogniseAsync(caller.Heard.Slice(first - margin, last + margin), time, cancellationToken);
        var answer = Join(caller.AgentCaptions, captionsFrom, captionsTo);
        List<string> problems = [];
        double? toAgent = turn.Said is null ? null : WordRecall.Of(turn.Said, turn.Understood ?? "");
        if (toAgent < limits.Words)
            problems.Add($"the agent understood {toAgent:P0} of the words \"{turn.Said}\"; at least {limits.Words:P0} have to arrive");
        var toCaller = WordRecall.Of(answer, recognised);
        if (answer.Length == 0)
            problems.Add("there were no captions of the agent's words");
        else if (toCaller < limits.Words)
            problems.Add($"{toCaller:P0} of the agent's words were recognised in its sound; at least {limits.Words:P0} have to arrive");
        if (expected is not null && !WordRecall.Words(answer).Contains(expected, StringComparer.OrdinalIgnoreCase))
            problems.Add($"the agent's answer to \"{turn.Said}\" does not contain \"{expected}\"");
        return turn with { Answer = answer, AnswerRecognised = recognised, WordsToAgent = toAgent, WordsToCaller = toCaller, Problems = problems };
    }

    private async Task<long> WaitAsync(Func<long?> condition, string what, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var timer = new PeriodicTimer(s_step, time);
        while (true)
        {
            if (condition() is { } found)
                return found;
            if (time.GetElapsedTime(begun) > limits.Wait)
                throw new CheckFailedException($"Waited {limits.Wait.TotalSeconds:0} s in vain for {what} (the agent's state is {caller.AgentState ?? "unknown"}).");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
