namespace Agent.Providers.Local;

/// <summary>What the engines on this machine have in common.</summary>
internal static class LocalVendor
{
    public const string Name = "local";
}
