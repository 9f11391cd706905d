namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>Whose Chat Completions it is.</summary>
internal enum ChatStyle
{
    /// <summary>OpenAI's own.</summary>
    OpenAi,

    /// <summary>Azure's: a first event with the verdict on the prompt and no choice, verdicts in the others.</summary>
    Azure,

    /// <summary>A server that leaves out what it can: no ids, no usage, no index, no <c>[DONE]</c>, no empty lines, a role in every event, calls whole, and comments.</summary>
    Bare,

    /// <summary>A server from before <c>stream_options</c>, which it refuses.</summary>
    Old,

    /// <summary>A server that gives every call the same index, with arguments as an object.</summary>
    SameIndex,
}
