namespace Agent.Providers.Vendors;

/// <summary>The environment variables that a vendor's own libraries read, the preferred one first.</summary>
/// <param name="ApiKey">Those that hold the key.</param>
/// <param name="BaseUrl">Those that hold the address.</param>
internal sealed record VendorVariables(IReadOnlyList<string> ApiKey, IReadOnlyList<string> BaseUrl);
