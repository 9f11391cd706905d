namespace Agent.Providers.OpenAi.Chat;

/// <summary>A server that speaks OpenAI's protocol and has a name of its own; in the configuration section <c>Providers:OpenAi:Endpoints:NAME</c>. Its models are called <c>NAME/model</c>.</summary>
public sealed class OpenAiEndpointOptions : OpenAiChatOptions
{
    /// <summary>Where it is, with the version, e.g. <c>http://gpu-1:8000/v1</c>.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Its key, a secret; empty where it needs none or <see cref="ApiKeyVariable"/> is set.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The environment variable that holds its key; null where there is none.</summary>
    public string? ApiKeyVariable { get; set; }
}
