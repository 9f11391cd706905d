namespace Agent.Pipeline.Errors;

/// <summary>A setting, a file or an installed library is missing or wrong; nothing was started. A program ends with the message alone.</summary>
public sealed class ConfigurationException : AgentException
{
    /// <summary>Creates the error with a message that names the setting and says what to do.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with a message and its cause.</summary>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
