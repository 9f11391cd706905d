namespace Agent.Pipeline.Speech;

/// <summary>An engine that is quicker when it is told beforehand. Language models offer it through <c>GetService(typeof(IWarmable))</c>.</summary>
public interface IWarmable
{
    /// <summary>Opens what the next call needs, such as a connection; a second call while one is warm does nothing. Never fails: what could not be opened is opened by the call that needs it.</summary>
    Task WarmUpAsync(CancellationToken cancellationToken);
}
