namespace Agent.DevServer.Webhooks;

internal static partial class WebhookLog
{
    [LoggerMessage(1601, LogLevel.Warning, "The event {Event} did not reach {Url} (attempt {Attempt}): {Reason}")]
    public static partial void Failed(ILogger logger, string @event, Uri url, int attempt, string reason);
}
