using System.ClientModel.Primitives;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>Azure's older addresses: <c>/openai/deployments/NAME/chat/completions?api-version=…</c>, where the package knows the newer ones.</summary>
internal sealed class DeploymentPath(string deployment, string apiVersion) : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Rewrite(message.Request);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Rewrite(message.Request);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Rewrite(PipelineRequest request)
    {
        var uri = new UriBuilder(request.Uri!);
        const string Chat = "/chat/completions";
        if (uri.Path.EndsWith(Chat, StringComparison.Ordinal))
            uri.Path = $"{uri.Path[..^Chat.Length]}/deployments/{Uri.EscapeDataString(deployment)}{Chat}";
        uri.Query = $"api-version={Uri.EscapeDataString(apiVersion)}";
        request.Uri = uri.Uri;
    }
}
