using Microsoft.Extensions.Logging;

namespace Agent.Providers.Catalog;

internal static partial class CatalogLog
{
    [LoggerMessage(2510, LogLevel.Information, "{Provider} is no model that this version knows; the vendor is asked for it as it is written. Known: {Models}.")]
    internal static partial void PassedOn(ILogger logger, string provider, string models);
}
