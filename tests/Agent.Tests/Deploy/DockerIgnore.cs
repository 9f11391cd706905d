using Agent.Tests.Tools;

namespace Agent.Tests.Deploy;

/// <summary><c>.dockerignore</c>, as far as ours goes: everything out, single paths in, folder names out at any depth.</summary>
internal static class DockerIgnore
{
    internal static bool Excludes(string path)
    {
        var excluded = false;
        foreach (var line in File.ReadAllLines(Repository.PathOf(".dockerignore")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var isException = line[0] == '!';
            // The last line that matches decides.
            if (Matches(isException ? line[1..] : line, path))
                excluded = !isException;
        }

        return excluded;
    }

    private static bool Matches(string pattern, string path)
    {
        if (pattern == "*")
            return true;
        if (pattern.StartsWith("**/", StringComparison.Ordinal))
            return path.Split('/').Contains(pattern[3..], StringComparer.Ordinal);
        Assert.DoesNotContain('*', pattern);
        return path == pattern || path.StartsWith($"{pattern}/", StringComparison.Ordinal);
    }
}
