namespace Agent.Tests.Deploy;

/// <summary>A stage of a Dockerfile.</summary>
internal sealed record DockerStage(string Name, string Image, IReadOnlyList<DockerInstruction> Instructions)
{
    internal string Single(string instruction) => Assert.Single(All(instruction)).Arguments;

    internal IEnumerable<DockerInstruction> All(string instruction) => Instructions.Where(item => item.Name == instruction);
}
