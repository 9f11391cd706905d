using System.Threading.Channels;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Rooms;

/// <summary>Shows captions and states in the room, one at a time and in order, without making the session wait.</summary>
internal sealed class RoomWriter
{
    private readonly IConversationRoom _room;
    private readonly Action<AgentException> _onFailed;
    private readonly Channel<object> _outbox = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });

    internal RoomWriter(IConversationRoom room, Action<AgentException> onFailed)
    {
        _room = room;
        _onFailed = onFailed;
    }

    internal void Show(UserCaption caption) => _outbox.Writer.TryWrite(caption);

    internal void Show(AgentCaption caption) => _outbox.Writer.TryWrite(caption);

    internal void Show(AgentState state) => _outbox.Writer.TryWrite(state);

    /// <summary>Lets the loop end when everything is shown.</summary>
    internal void Complete() => _outbox.Writer.TryComplete();

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var item in _outbox.Reader.ReadInContextAsync(cancellationToken))
        {
            try
            {
                await (item switch
                {
                    UserCaption caption => _room.ShowAsync(caption, cancellationToken),
                    AgentCaption caption => _room.ShowAsync(caption, cancellationToken),
                    _ => _room.ShowAsync((AgentState)item, cancellationToken),
                });
            }
            catch (AgentException e)
            {
                _onFailed(e);
            }
        }
    }
}
