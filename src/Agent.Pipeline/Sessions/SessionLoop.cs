using System.Threading.Channels;
using Agent.Pipeline.Concurrency;

namespace Agent.Pipeline.Sessions;

/// <summary>
/// The one reader of a session: everything that looks at or changes the conversation runs here, one thing after another, in the order in
/// which it was posted.
/// </summary>
internal sealed class SessionLoop
{
    private readonly Channel<Action> _inbox = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Has something done on the loop. Does nothing once the session is over.</summary>
    internal bool Post(Action action) => _inbox.Writer.TryWrite(action);

    /// <summary>Lets the loop end when everything posted so far is done.</summary>
    internal void Complete() => _inbox.Writer.TryComplete();

    internal async Task RunAsync()
    {
        await foreach (var action in _inbox.Reader.ReadInContextAsync())
            action();
    }
}
