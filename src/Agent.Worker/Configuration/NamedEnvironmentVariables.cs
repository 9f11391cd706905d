
namespace Agent.Worker.Configuration;

/// <summary>Puts the variables of <see cref="EnvironmentVariableMap"/> under their configuration keys. An empty variable counts as not set.</summary>
internal sealed class NamedEnvironmentVariables : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        foreach (var (variable, key) in EnvironmentVariableMap.Keys)
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
                Data[key] = value;
        }
    }
}
