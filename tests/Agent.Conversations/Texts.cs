namespace Agent.Conversations;

/// <summary>What is said in many conversations.</summary>
internal static class Texts
{
    /// <summary>Long enough to be spoken over: 23 words in three sentences.</summary>
    internal const string Story = "Once upon a time there was a king. He had three sons and a golden apple tree. Every night one apple was missing.";
}
