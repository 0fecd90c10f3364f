/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-demo-names.h"

/* None of these is a person; their phones are numbers kept for fiction. */

const char *const ava_demo_first_names[] = {
  "Aaliyah", "Aaron", "Abigail", "Adaeze", "Adrian", "Aisha", "Alejandra", "Alexis", "Alice",
  "Amara", "Amelia", "Amir", "Ana", "Andre", "Angela", "Anita", "Anthony", "Aria", "Ashley",
  "Audrey", "Ava-Marie", "Beatriz", "Benjamin", "Bianca", "Brandon", "Brianna", "Bridget",
  "Caitlin", "Camila", "Carla", "Carmen", "Caroline", "Catherine", "Chen", "Chiamaka", "Chloe",
  "Christina", "Claire", "Danielle", "David", "Dawn", "Deborah", "Denise", "Diana", "Diego",
  "Dolores", "Dominique", "Donna", "Elena", "Elizabeth", "Ella", "Emily", "Emma", "Erica",
  "Esther", "Eva", "Fatima", "Felicia", "Fiona", "Francesca", "Gabriela", "Gloria", "Grace",
  "Hannah", "Harper", "Hassan", "Heather", "Helen", "Hiroko", "Imani", "Ines", "Ingrid",
  "Isabel", "Isaiah", "Jacqueline", "Jada", "Jamal", "Jasmine", "Jennifer", "Jessica", "Jin",
  "Joanna", "Jordan", "José", "Joy", "Julia", "Kamala", "Karen", "Kayla", "Keisha", "Kelly",
  "Kenji", "Kiara", "Kimberly", "Latoya", "Laura", "Lauren", "Layla", "Leah", "Leilani", "Lena",
  "Leticia", "Lillian", "Linda", "Lucía", "Lupe", "Mai", "Malik", "Margaret", "María", "Marisol",
  "Mei", "Melissa", "Mia", "Michelle", "Miguel", "Mónica", "Nadia", "Naomi", "Natalie", "Nia",
  "Nicole", "Nina", "Noah", "Noor", "Olivia", "Omar", "Paige", "Patricia", "Paula", "Priya",
  "Rachel", "Ravi", "Rebecca", "Renée", "Rosa", "Ruth", "Samantha", "Sandra", "Sarah", "Shanice",
  "Sofía", "Sophia", "Stephanie", "Susan", "Tamara", "Tanya", "Teresa", "Thuy", "Tiffany",
  "Valentina", "Vanessa", "Victoria", "Wei", "Wendy", "Yasmin", "Yolanda", "Zoe", NULL
};

const char *const ava_demo_last_names[] = {
  "Abbott", "Acosta", "Adeyemi", "Aguilar", "Ahmed", "Ali", "Allen", "Alvarez", "Anderson",
  "Baker", "Banerjee", "Barnes", "Becker", "Bell", "Bennett", "Bianchi", "Brooks", "Brown",
  "Butler", "Campbell", "Castillo", "Chan", "Chang", "Chavez", "Chen", "Choi", "Clark",
  "Coleman", "Collins", "Cooper", "Cruz", "Davis", "Delgado", "Desai", "Diaz", "Dixon", "Dubois",
  "Edwards", "Ellis", "Estrada", "Evans", "Farah", "Ferguson", "Fernández", "Fischer", "Fleming",
  "Flores", "Foster", "Fox", "Freeman", "Garcia", "Gibson", "Gomez", "Gonzales", "Gordon",
  "Graham", "Gray", "Green", "Griffin", "Gupta", "Gutierrez", "Hall", "Hansen", "Harris",
  "Hayes", "Henderson", "Hernandez", "Hoang", "Hoffman", "Holmes", "Howard", "Huang", "Hughes",
  "Hussain", "Ibrahim", "Iyer", "Jackson", "Jacobs", "James", "Jenkins", "Johnson", "Jones",
  "Joseph", "Kaminski", "Kang", "Kapoor", "Kelly", "Kennedy", "Khan", "Kim", "King", "Klein",
  "Kowalski", "Kumar", "Lam", "Larsen", "Lee", "Lewis", "Li", "Lin", "Lopez", "Lowe", "Mahmoud",
  "Marshall", "Martin", "Martinez", "Mason", "McCarthy", "Medina", "Mendoza", "Meyer", "Miller",
  "Mitchell", "Moore", "Morales", "Moreno", "Morgan", "Morris", "Murphy", "Nakamura", "Nelson",
  "Nguyen", "Novak", "Núñez", "Nwosu", "Obi", "O’Brien", "O’Connor", "Okafor", "Olsen", "Ortega",
  "Owens", "Park", "Parker", "Patel", "Perez", "Perry", "Peterson", "Petrov", "Pham", "Phillips",
  "Pierce", "Popov", "Powell", "Price", "Quinn", "Ramirez", "Ramos", "Reed", "Reid", "Reyes",
  "Rivera", "Roberts", "Robinson", "Rodríguez", "Rossi", "Ruiz", "Russell", "Ryan", "Salazar",
  "Sanchez", "Sanders", "Santiago", "Santos", "Sato", "Schmidt", "Scott", "Shah", "Sharma",
  "Silva", "Singh", "Smith", "Soto", "Stein", "Stewart", "Suzuki", "Tanaka", "Taylor", "Thomas",
  "Thompson", "Torres", "Tran", "Turner", "Vargas", "Vasquez", "Vega", "Volkov", "Walker",
  "Wallace", "Wang", "Ward", "Washington", "Watanabe", "Weber", "White", "Williams", "Wilson",
  "Wong", "Wood", "Wright", "Wu", "Yamamoto", "Yang", "Young", "Zhang", "Zhao", "Zimmerman", NULL
};

const char *const ava_demo_area_codes[] = {
  "212", "718", "347", "917", "646", "929", "516", "631", "914", "845", "201", "973", "732",
  "609", "203", "860", "617", "508", "215", "610", "302", "410", "703", "404", "305", "407",
  "312", "773", "216", "614", "313", "612", "713", "214", "512", "303", "602", "702", "206",
  "503", "415", "408", "510", "213", "310", "619", "808", "907", "504", "615", NULL
};

const char *const ava_demo_allergies[] = {
  "latex", "lidocaine", "penicillin", "aspirin", "egg", "shellfish", "adhesive tape", "nickel",
  "lavender oil", "benzoyl peroxide", NULL
};

const char *const ava_demo_notes[] = {
  "Prefers afternoons.", "Likes the Linden Room.", "Send reminders by text only.",
  "Nervous about needles; allow extra time.", "Comes with her sister.", "Parks behind the building.",
  "Asks for the quiet playlist.", "Bruises easily.", "Wedding in June.", "Prefers email.", NULL
};
