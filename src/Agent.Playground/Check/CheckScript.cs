namespace Agent.Playground.Check;

/// <summary>What the caller says: short questions whose answers can be judged, something remembered, and a long story to speak over.</summary>
internal static class CheckScript
{
    internal static async Task PlayAsync(CheckConversation conversation, CancellationToken cancellationToken)
    {
        await conversation.GreetingAsync(cancellationToken);
        await conversation.AskAsync(new("hello my name is john", Expected: "john"), cancellationToken);
        await conversation.AskAsync(new("please count to five", Expected: "five"), cancellationToken);
        await conversation.AskAsync(new("what is my name", Expected: "john"), cancellationToken);
        await conversation.InterruptAsync(new("please tell me a long story"), new("stop please that is enough"), cancellationToken);
    }
}
