namespace Agent.Tests.Tools;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    internal static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    internal static string Text(params string[] parts) => File.ReadAllText(PathOf(parts));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Agent.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"These tests read files of the repository, but there is no Agent.sln in {AppContext.BaseDirectory} or above it.");
    }
}
