using System.Text.RegularExpressions;
using Agent.Tests.Tools;

namespace Agent.Tests.Deploy;

/// <summary><c>deploy/Dockerfile</c>, taken apart.</summary>
internal sealed partial class Dockerfile
{
    private Dockerfile(IReadOnlyList<DockerInstruction> preamble, IReadOnlyList<DockerStage> stages)
    {
        Preamble = preamble;
        Stages = stages;
    }

    internal IReadOnlyList<DockerInstruction> Preamble { get; }

    internal IReadOnlyList<DockerStage> Stages { get; }

    internal DockerStage LastStage => Stages[^1];

    internal static Dockerfile Read()
    {
        var lines = Comment().Replace(Repository.Text("deploy", "Dockerfile"), "");
        var instructions = Continuation().Replace(lines, " ")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2))
            .Select(parts => new DockerInstruction(parts[0], Blanks().Replace(parts[1], " ").Trim()))
            .ToList();
        var preamble = instructions.TakeWhile(instruction => instruction.Name != "FROM").ToList();
        List<DockerStage> stages = [];
        foreach (var instruction in instructions.Skip(preamble.Count))
        {
            if (instruction.Name == "FROM")
            {
                Assert.Equal("AS", instruction.Words[1]);
                stages.Add(new(instruction.Words[2], instruction.Words[0], new List<DockerInstruction>()));
            }
            else
            {
                ((List<DockerInstruction>)stages[^1].Instructions).Add(instruction);
            }
        }

        return new(preamble, stages);
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n", RegexOptions.None, 1000)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
