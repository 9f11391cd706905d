using System.Globalization;
using System.Text.Json;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Realtime.Events;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Sessions;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Realtime;

/// <summary>
/// One utterance that the speech-to-speech model makes: its sound goes to playout and its words to the captions as they come, tools are run in between. When it is
/// stopped the model is told how much of it was heard.
/// </summary>
internal sealed class RealtimeReply
{
    private const int Block = 4_800;

    private readonly RealtimeLink _link;
    private readonly Utterance _utterance;
    private readonly TurnMeasurement _measurement;
    private readonly SessionClock _clock;
    private readonly IReplyListener _listener;
    private readonly ToolRunner _tools;
    private readonly Resampler _resampler;
    private readonly short[] _resampled;
    private readonly WholeWords _words = new();
    private readonly Lock _gate = new();
    private readonly List<SpokenItem> _items = [];
    private RealtimeAnswer? _answer;
    private bool _isStopped;
    private bool _hasSound;

    internal RealtimeReply(RealtimeLink link, Utterance utterance, TurnMeasurement measurement, SessionClock clock, IReplyListener listener, ToolRunner tools)
    {
        _link = link;
        _utterance = utterance;
        _measurement = measurement;
        _clock = clock;
        _listener = listener;
        _tools = tools;
        _resampler = new Resampler(link.OutputSampleRateHz, utterance.SampleRateHz);
        _resampled = new short[_resampler.MaxOutput(Block)];
    }

    /// <summary>Makes the utterance.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="maxToolSteps">How many times tools may be called before the model has to answer.</param>
    /// <param name="sessionToken">Ends running tools; an interruption does not.</param>
    /// <param name="cancellationToken">Ends the utterance.</param>
    internal async Task RunAsync(RealtimeRequest request, int maxToolSteps, CancellationToken sessionToken, CancellationToken cancellationToken)
    {
        for (var step = 0; ; step++)
        {
            if (step == maxToolSteps)
                request = request with { ToolMode = ChatToolMode.None };
            var calls = new List<RealtimeToolCall>();
            if (Ask(request) is not { } answer)
                return;
            try
            {
                await ReadAsync(answer, calls, cancellationToken);
            }
            finally
            {
                answer.Abandon();
            }

            await FinishPartAsync(cancellationToken);
            if (calls.Count == 0 || step >= maxToolSteps)
                return;
            cancellationToken.ThrowIfCancellationRequested();
            _listener.OnToolsStarted();
            await Task.WhenAll(calls.Select(call => RunAsync(call, sessionToken)));
            _listener.OnToolsEnded();
            cancellationToken.ThrowIfCancellationRequested();
            request = request with { Id = string.Create(CultureInfo.InvariantCulture, $"{_utterance.Id}/{step + 2}"), ToolMode = null, Text = null };
        }
    }

    /// <summary>The utterance is over where it is: nothing more of it comes, and the model forgets what was not heard. Once playout has stopped.</summary>
    internal void Stop()
    {
        RealtimeAnswer? answer;
        SpokenItem[] items;
        lock (_gate)
        {
            _isStopped = true;
            answer = _answer;
            items = [.. _items];
        }

        if (answer is not null)
            _link.Cancel(answer);
        foreach (var item in items)
        {
            var heard = _utterance.Played - item.Start;
            heard = heard < TimeSpan.Zero ? TimeSpan.Zero : heard;
            if (heard < item.Length)
                _link.Truncate(item.Id, heard);
            else if (answer is not null && item == items[^1])
                _link.Truncate(item.Id, item.Length);
        }
    }

    private RealtimeAnswer? Ask(RealtimeRequest request)
    {
        lock (_gate)
            return _isStopped ? null : _answer = _link.Respond(request);
    }

    private async Task ReadAsync(RealtimeAnswer answer, List<RealtimeToolCall> calls, CancellationToken cancellationToken)
    {
        while (await answer.Events.WaitToReadAsync(cancellationToken))
        {
            while (answer.Events.TryRead(out var answerEvent))
            {
                _measurement.MarkFirstToken(_clock.Now);
                switch (answerEvent)
                {
                    case RealtimeAudio e: await PlayAsync(e, cancellationToken); break;
                    case RealtimeText e: Write(_words.Add(e.Delta)); break;
                    case RealtimeToolCall e: calls.Add(e); break;
                    case RealtimeAnswerEnded e: OnEnded(e); break;
                    default: throw new InvalidOperationException($"No session knows the event {answerEvent.GetType().Name}.");
                }
            }
        }

        // Throws what the connection has ended with.
        await answer.Events.Completion;
    }

    private void OnEnded(RealtimeAnswerEnded ended)
    {
        lock (_gate)
            _answer = null;
        if (ended.Usage is { } usage)
            _listener.OnUsage(usage);
        if (ended.Error is { } error)
            throw error;
    }

    private async ValueTask PlayAsync(RealtimeAudio audio, CancellationToken cancellationToken)
    {
        using var frame = audio.Frame;
        _measurement.MarkFirstAudioByte(_clock.Now);
        if (frame.SampleRateHz != _resampler.FromHz)
            throw new InvalidOperationException($"{_link.ModelName} announced {_resampler.FromHz} Hz and made {frame.SampleRateHz} Hz.");
        Count(audio.ItemId, frame.Duration);
        for (var rest = frame.Samples; !rest.IsEmpty; rest = rest[Math.Min(Block, rest.Length)..])
        {
            var count = _resampler.Process(rest.Span[..Math.Min(Block, rest.Length)], _resampled);
            _utterance.Words.Update(_resampled.AsSpan(0, count));
            await _utterance.Audio.WriteAsync(_resampled.AsMemory(0, count), cancellationToken);
        }

        if (!_hasSound)
            _listener.OnSound();
        _hasSound = true;
    }

    private void Count(string itemId, TimeSpan duration)
    {
        lock (_gate)
        {
            if (_items is [.., var last] && string.Equals(last.Id, itemId, StringComparison.Ordinal))
                _items[^1] = last with { Length = last.Length + duration };
            else
                _items.Add(new SpokenItem(itemId, TimeSpan.FromSeconds((double)_utterance.Audio.Length / _utterance.SampleRateHz)) { Length = duration });
        }
    }

    private void Write(string? words)
    {
        if (words is null)
            return;
        _measurement.MarkFirstClause(_clock.Now);
        _utterance.Words.Add(words);
    }

    /// <summary>Everything of one answer is there: its words end where its sound does.</summary>
    private async ValueTask FinishPartAsync(CancellationToken cancellationToken)
    {
        Write(_words.Finish());
        await _utterance.Audio.WriteAsync(_resampled.AsMemory(0, _resampler.Finish(_resampled)), cancellationToken);
        _resampler.Reset();
        _utterance.Words.Settle(_utterance.Audio.Length);
        _hasSound = false;
        _listener.OnPartSpoken();
    }

    private async Task RunAsync(RealtimeToolCall call, CancellationToken sessionToken)
    {
        var result = await _tools.RunAsync(new FunctionCallContent(call.CallId, call.Name, Arguments(call)), sessionToken);

        // Told also when the answer was interrupted in the meantime: what was done is done.
        _link.AddToolResult(call.CallId, ToolResultText.Of(result.Result));
    }

    private Dictionary<string, object?> Arguments(RealtimeToolCall call)
    {
        try
        {
            using var json = JsonDocument.Parse(call.Arguments.Length == 0 ? "{}" : call.Arguments);
            return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value.Clone(), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new Errors.ProviderException(
                _link.ModelName, Errors.ProviderErrorKind.Protocol, $"{_link.ModelName} called the tool {call.Name} with arguments that are no JSON object.", isTransient: true, e);
        }
    }
}
