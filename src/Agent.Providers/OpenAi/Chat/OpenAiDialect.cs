namespace Agent.Providers.OpenAi.Chat;

/// <summary>Where OpenAI's own servers and those that imitate them differ in a request.</summary>
public enum OpenAiDialect
{
    /// <summary>OpenAI's own at its public address and at Azure, otherwise that of compatible servers.</summary>
    Automatic,

    /// <summary>OpenAI's own: <c>max_completion_tokens</c>, which its reasoning models insist on.</summary>
    OpenAi,

    /// <summary>That of vLLM, Ollama, llama.cpp and others: <c>max_tokens</c>, which all of them know.</summary>
    Compatible,
}
