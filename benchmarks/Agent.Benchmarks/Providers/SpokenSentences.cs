namespace Agent.Benchmarks.Providers;

/// <summary>Sentences as people say them to an agent, in the recogniser's spelling.</summary>
internal static class SpokenSentences
{
    public static readonly IReadOnlyList<string> All =
    [
        "what time is it", "count to five", "tell me a long story", "my name is anna", "what is my name", "what can you do", "good morning how are you today",
        "please say that again", "stop that is enough", "thank you very much goodbye", "how much is seven plus five",
        "i would like to book a table for two people", "what is the weather like in london this morning",
        "can you help me find the nearest train station", "please turn off the lights in the kitchen", "the meeting starts at nine o'clock on monday",
        "she sells fresh bread and milk in the market", "we are going to the beach with our children next summer",
        "could you tell me how to get to the hospital", "i do not understand what you mean", "the quick brown fox jumps over the lazy dog",
        "he bought a new car last week and drove it home", "open the door and close the window please",
        "my favorite color is blue because i love the sea", "yes please do that for me", "hello is anybody there", "let us talk about music and history",
        "no thank you i am fine", "how many days are there in a year", "where did you put the keys to the house",
    ];
}
