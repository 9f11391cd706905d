namespace Agent.Playground.Web;

/// <summary>Finds the built page: beside the program when it was published, in the repository otherwise.</summary>
internal static class PageFiles
{
    /// <summary>The folder with <c>index.html</c>; null when the page was not built.</summary>
    internal static string? Find(string programFolder)
    {
        var published = Path.Combine(programFolder, "page");
        if (File.Exists(Path.Combine(published, "index.html")))
            return published;
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "web", "dist");
            if (File.Exists(Path.Combine(built, "index.html")))
                return built;
        }

        return null;
    }
}
