using Agent.Pipeline.Ledger;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions;

/// <summary>What the agent says first, once, as soon as somebody is there to hear it. Belongs to the session's loop.</summary>
internal sealed class Greeting
{
    private readonly SessionContext _context;
    private readonly Conversation _conversation;
    private bool _said;

    internal Greeting(SessionContext context, Conversation conversation)
    {
        _context = context;
        _conversation = conversation;
    }

    internal void OnLinked()
    {
        if (_said || string.IsNullOrWhiteSpace(_context.Agent.Greeting))
            return;
        _said = true;
        var handle = new SpeechHandle("greeting");
        _conversation.Request(
            new AgentSpeech { Id = handle.Id, Cause = SpeechCause.Greeting },
            new SpeechRequest(handle, new SpokenText(_context.Agent.Greeting), AddToHistory: true));
    }
}
