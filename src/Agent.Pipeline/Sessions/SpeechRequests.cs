using System.Globalization;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>Takes what the application wants said, from any thread, to the session's loop.</summary>
internal sealed class SpeechRequests
{
    private readonly SessionLoop _loop;
    private readonly Conversation _conversation;
    private readonly Func<bool> _isOpen;
    private int _count;

    /// <param name="loop">The session's loop.</param>
    /// <param name="conversation">Who speaks.</param>
    /// <param name="isOpen">Whether the session still takes requests; asked on the loop.</param>
    internal SpeechRequests(SessionLoop loop, Conversation conversation, Func<bool> isOpen)
    {
        _loop = loop;
        _conversation = conversation;
        _isOpen = isOpen;
    }

    internal SpeechHandle Add(SpeechSource source, SpeechOptions? options)
    {
        options ??= new SpeechOptions();
        if (options.Priority is < SpeechOptions.LowPriority or > SpeechOptions.HighPriority)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.Priority,
                $"The priority of an utterance is {SpeechOptions.LowPriority} (low) to {SpeechOptions.HighPriority} (high), normally {SpeechOptions.NormalPriority}.");
        }

        var isAnswer = source is ModelAnswer;
        var id = string.Create(CultureInfo.InvariantCulture, $"{(isAnswer ? "asked" : "said")}-{Interlocked.Increment(ref _count)}");
        var handle = new SpeechHandle(id, force => _loop.Post(() => _conversation.Apply(new InterruptRequested(id, force))));
        var speech = new AgentSpeech
        {
            Id = id,
            Cause = isAnswer ? SpeechCause.Requested : SpeechCause.Said,
            Priority = options.Priority,
            IsProtected = !options.AllowInterruption,
        };
        var request = new SpeechRequest(handle, source, options.AddToHistory);
        var posted = _loop.Post(() =>
        {
            if (_isOpen())
                _conversation.Request(speech, request);
            else
                handle.Complete(SpeechOutcome.Cancelled);
        });
        if (!posted)
            handle.Complete(SpeechOutcome.Cancelled);
        return handle;
    }
}
