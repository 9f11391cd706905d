using System.Threading.Channels;
using Agent.Pipeline.Realtime.Events;

namespace Agent.Pipeline.Realtime;

/// <summary>
/// One answer on its way from the connection to the utterance. Holds what is there before it is played, unbounded: a model limits how long an answer may be,
/// and whoever interrupts it throws the rest away.
/// </summary>
internal sealed class RealtimeAnswer
{
    private readonly Channel<RealtimeAnswerEvent> _events =
        Channel.CreateUnbounded<RealtimeAnswerEvent>(new UnboundedChannelOptions { SingleReader = true });

    internal RealtimeAnswer(RealtimeRequest request) => Request = request;

    internal RealtimeRequest Request { get; }

    /// <summary>Whether anything of it has come, so that another connection cannot make it from the beginning.</summary>
    internal bool HasBegun { get; private set; }

    internal ChannelReader<RealtimeAnswerEvent> Events => _events.Reader;

    internal void Add(RealtimeAnswerEvent answerEvent)
    {
        HasBegun = true;
        if (!_events.Writer.TryWrite(answerEvent))
            Drop(answerEvent);
    }

    internal void Complete(Exception? error = null) => _events.Writer.TryComplete(error);

    /// <summary>Gives back what was not read; by the reader, when it is done.</summary>
    internal void Abandon()
    {
        Complete();
        while (_events.Reader.TryRead(out var left))
            Drop(left);
    }

    private static void Drop(RealtimeAnswerEvent answerEvent) => (answerEvent as RealtimeAudio)?.Frame.Dispose();
}
